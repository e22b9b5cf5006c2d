"""»Var det den rette kollega?«: what whoever brought a case thinks, told to nobody."""
