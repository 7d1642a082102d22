workspace library {
}
