"""A relay's desk: what arrived, who files it, how, and what is answered."""
