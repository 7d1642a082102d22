// Words of the same letters, together.
function "anagrams" {
  input { text[] words }
  stack {
    array.map ($input.words) {
      by = {word: $this, letters: $this|to_lower|split:""|sort|join:""}
    } as $keyed
    var $groups { value = $keyed|index_by:"letters"|values }
  }
  response = $groups|map:($$|map:$$.word)|filter:($$|count) > 1
}
