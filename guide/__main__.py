"""`python -m guide` is the command `guide`."""

from guide.cli import app

if __name__ == "__main__":
    app(prog_name="guide")
