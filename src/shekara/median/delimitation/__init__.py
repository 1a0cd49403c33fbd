"""What a delimitation is signed from: the final line, its accuracy, what it is compared with."""
