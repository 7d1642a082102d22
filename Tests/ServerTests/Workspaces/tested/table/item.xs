table "item" {
  auth = false
  schema {
    int id
    text name
    int qty?=0
  }
  index = [{type: "primary", field: [{name: "id"}]}]
}
