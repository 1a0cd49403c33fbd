"""Whatever is thrown at the program, it answers or says what is wrong."""
