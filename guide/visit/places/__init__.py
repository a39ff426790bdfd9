"""Where things are: floors and grounds as drawings with the stops on them, and being told when one is near."""
