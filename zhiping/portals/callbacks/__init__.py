"""Where outside systems call us: no session, no page; who calls proves it by a signature."""
