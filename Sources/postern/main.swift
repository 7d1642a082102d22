import Gateway
import Glibc
import Intake

// What the program is depends on who started it: a web server with one request, a web server with a listening
// socket, or a person.
switch Invocation.ofProcess() {
case .cgi: WebServerStart.answerOneRequest()
case .fastCGI: exit(WebServerStart.serve())
case .commandLine: exit(Commands.run(Array(CommandLine.arguments.dropFirst())))
}
