#!/home/me/bin/postern
# A route file: the location's settings where nobody can set variables, as under suEXEC. Make it executable
# (chmod 755), keep its line ends LF, and put it where the host runs CGI programs. It names secrets, it never holds
# one. The sender's address is then https://www.example.com/hooks/typeform.cgi
verify    = typeform
secret    = file:/home/me/postern/typeform.secret
workspace = /home/me/postern/typeform
database  = /home/me/postern/typeform.sqlite
query     = forms/answers
