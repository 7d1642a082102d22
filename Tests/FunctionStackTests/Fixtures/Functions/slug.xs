// A title as part of an address.
function "slug" {
  input { text title }
  stack {
    var $plain { value = $input.title|unaccent|to_lower }
    var $slug { value = "/[^a-z0-9]+/"|regex_replace:"-":$plain }
  }
  response = $slug|trim:"-"
}
