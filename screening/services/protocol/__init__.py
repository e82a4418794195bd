"""How a lead changes the criteria: drafted, compared, tried on patients, signed."""
