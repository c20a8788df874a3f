from zuji_web import gateway

router = gateway.router("studies")
