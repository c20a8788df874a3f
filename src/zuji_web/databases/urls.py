from django.urls import path

from zuji_web.databases.views import lists, products, versions

app_name = "databases"
_VERSION = "<uuid:database_id>/<int:number>/"
_PRODUCT = f"{_VERSION}products/<int:index>/"
urlpatterns = [
    path("", lists.database_list, name="list"),
    path("new/", lists.new, name="new"),
    path("<uuid:database_id>/", versions.database, name="database"),
    path("<uuid:database_id>/new-version/", lists.new_version, name="new_version"),
    path("<uuid:database_id>/describe/", lists.describe, name="describe"),
    path(_VERSION, versions.version, name="version"),
    path(f"{_VERSION}ledger/", versions.ledger, name="ledger"),
    path(f"{_VERSION}ledger/<str:table>.<str:format>", versions.ledger_file, name="ledger_file"),
    path(f"{_VERSION}health/", versions.health, name="health"),
    path(f"{_VERSION}repair/", versions.repair, name="repair"),
    path(f"{_VERSION}changes/", versions.changes, name="changes"),
    path(f"{_VERSION}bring-up/", versions.bring_up, name="bring_up"),
    path(f"{_VERSION}files/", versions.file_list, name="files"),
    path(f"{_VERSION}files/package", versions.package, name="package"),
    path(f"{_VERSION}files/<str:format>/order/", versions.order_file, name="order_file"),
    path(f"{_VERSION}files/<str:format>", versions.package_file, name="package_file"),
    path(f"{_VERSION}products/", products.product_list, name="products"),
    path(_PRODUCT, products.product, name="product"),
    path(f"{_PRODUCT}origin/", products.origin, name="origin"),
    path(f"{_PRODUCT}offer/", products.offer, name="offer"),
]
