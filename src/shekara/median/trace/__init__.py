"""The lines between owners: rough network, tripoints, turning points, curves, proof."""
