"""职评: a platform on which professional titles (职称) are applied for, reviewed, certified and verified."""
