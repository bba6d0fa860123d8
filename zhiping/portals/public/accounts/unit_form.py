"""What the platform still asks when a unit comes for the first time by its legal account (R-028)."""

from typing import Any

from zhiping.gateways.sign_on import Identity
from zhiping.organisations.operations.registering import EmployerParticulars
from zhiping.portals.public.employers.forms import EmployerForm


class UnitForm(EmployerForm):
    """Name, credit code and legal representative are the token's: nobody types them."""

    def __init__(self, *args: Any, who: Identity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who = who
        for name in ("name", "credit_code", "legal_person", "role"):
            del self.fields[name]

    def particulars(self) -> EmployerParticulars:
        return EmployerParticulars(
            name=self.who.unit_name,
            credit_code=self.who.credit_code,
            legal_person=self.who.legal_person,
            **self.cleaned_data,
        )
