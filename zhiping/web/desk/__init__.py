"""The audit desk, the same for employers, authorities and committee offices: queue, case, decisions, bulk.

A portal's own views are one line each: they name the audience and hand over to the functions here with the URL
namespace of that portal, so that the security perimeter stays a folder and the desk is written once.
"""
