"""Being sold: what there is to buy, holding places for it, and issuing the tickets when it is paid."""
