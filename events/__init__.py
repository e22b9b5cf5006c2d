"""Events: programme, sign-up, waiting list, attendance, and what came of them."""
