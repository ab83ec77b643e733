"""The film club, for everything that talks."""

from film_club import club, club_home, filled_club

__all__ = ["club", "club_home", "filled_club"]
