# Writes a workspace of `files` files below `folder`: tables, functions that call each other, and queries over them.
BEGIN {
    tables = int(files / 10); functions = int(files * 4 / 10); groups = 10
    queries = files - tables - functions - groups - 1
    system("mkdir -p " folder "/table " folder "/function/billing " folder "/api")
    put(folder "/workspace.xs", "workspace \"large\" {\n}\n")
    for (n = 0; n < groups; n++) {
        system("mkdir -p " folder "/api/group" n)
        put(folder "/api/group" n "/api_group.xs", "api_group \"group" n "\" {\n  canonical = \"group" n "\"\n}\n")
    }
    for (n = 0; n < tables; n++) put(folder "/table/" n "_orders" n ".xs", table(n))
    for (n = 0; n < functions; n++) put(folder "/function/billing/" n "_total" n ".xs", routine("function \"billing/total" n "\"", "", n))
    for (n = 0; n < queries; n++) {
        group = n % groups
        put(folder "/api/group" group "/" n "_orders" n "_POST.xs", routine("query \"orders" n "/{order_id}\" verb=POST", "  api_group = \"group" group "\"\n\n", n))
    }
}

function put(path, text) { printf "%s", text > path; close(path) }

function table(n) {
    return "// Orders of the shop\ntable \"orders" n "\" {\n  auth = false\n\n  schema {\n    int id\n    timestamp created_at?=now\n    text customer filters=trim|max:80\n    decimal total?=0 filters=min:0\n    enum state?=open {\n      values = [\"open\", \"paid\", \"sent\"]\n    }\n    json items?\n  }\n\n  index = [\n    {type: \"primary\", field: [{name: \"id\"}]}\n    {type: \"btree\", field: [{name: \"customer\", op: \"asc\"}]}\n  ]\n}\n"
}

function routine(head, settings, n) {
    return "// Adds up an order and keeps it\n" head " {\n" settings \
    "  input {\n    int order_id? filters=min:1\n    text customer? filters=trim|lower\n    json items?\n    decimal discount?=0\n  }\n\n" \
    "  stack {\n    var $total {\n      value = 0\n    }\n\n    var $lines {\n      value = []\n    }\n\n" \
    "    precondition ($input.customer != null && ($input.customer|strlen) > 2) {\n      error_type = \"inputerror\"\n      error = \"A customer is needed\"\n    }\n\n" \
    "    foreach ($input.items) {\n      each as $item {\n        conditional {\n          if ($item.quantity > 0 && ($item.price|to_decimal) >= 0) {\n" \
    "            math.add $total {\n              value = $item.quantity * $item.price\n            }\n\n" \
    "            array.push $lines {\n              value = {\n                name    : $item.name|trim|capitalize\n                quantity: $item.quantity\n                label   : ($item.name ~ \" x \" ~ $item.quantity)\n              }\n            }\n          }\n\n" \
    "          elseif ($item.quantity == 0) {\n            debug.log {\n              value = \"Nothing of \" ~ $item.name\n            }\n          }\n\n          else {\n            throw {\n              name = \"WrongQuantity\"\n              value = $item.name|concat:\" cannot be taken back\":\": \"\n            }\n          }\n        }\n      }\n    }\n\n" \
    "    db.add \"orders" int(n % tables) "\" {\n      data = {\n        created_at: \"now\"\n        customer  : $input.customer\n        total     : $total - ($input.discount ?? 0)\n        items     : $lines|filter:$$.quantity > 0\n      }\n    } as $order\n\n" \
    "    function.run \"billing/total" int((n + 1) % functions) "\" {\n      input = {customer: $order.customer, items: []}\n    } as $next\n  }\n\n" \
    "  response = {\n    id   : $order.id\n    next : $next\n    total: $total|number_format:2:\".\":\",\"\n  }\n\n  guid = \"guid-" n "\"\n}\n"
}
