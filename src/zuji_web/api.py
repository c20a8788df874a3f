"""The whole API in one place: routers of the apps, one kind of problem document, one way in."""

from zuji_web.accounts.api import router as accounts
from zuji_web.accounts.permissions import Denied
from zuji_web.checks.api import router as checks
from zuji_web.databases.api import router as databases
from zuji_web.factors.api import reference
from zuji_web.factors.api import router as factors
from zuji_web.gateway import make_api
from zuji_web.grades.api import graded
from zuji_web.grades.api import router as thresholds
from zuji_web.jobs.api import router as jobs
from zuji_web.products.api import router as products
from zuji_web.rulebook.api import router as rules
from zuji_web.standards.api import router as standards

api = make_api(denied=Denied)
api.add_router("/organisation", accounts)
api.add_router("/factors", factors)
api.add_router("", reference)
api.add_router("/studies", products)
api.add_router("/studies", checks)
api.add_router("/studies", graded)
api.add_router("/databases", databases)
api.add_router("/standards", standards)
api.add_router("/rules", rules)
api.add_router("/thresholds", thresholds)
api.add_router("/jobs", jobs)
