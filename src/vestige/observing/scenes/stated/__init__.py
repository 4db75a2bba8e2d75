"""What files and catalogues say of their pixels: where they lie, what their numbers mean, and which of them count."""
