middleware "stamp" {
  input {
    json vars
    enum type { values = ["pre", "post"] }
  }
  stack { }
  response = {stamp: "here"}
}
