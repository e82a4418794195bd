"""One command a module; JSON on stdout, errors on stderr with a non-zero exit."""
