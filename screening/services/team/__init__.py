"""Who works here: asked in, signed out, gone."""
