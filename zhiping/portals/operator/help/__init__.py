"""Questions of the help centre, answered by e-mail."""
