-- Sends GitHub events to wrk's target. EVENTS names a file of signed ones, each sent once; without it every request
-- is forged, with a signature of the right form.
local file = io.open(os.getenv("TEMPLATE"), "rb")
local head, tail = file:read("*a"):match("^(.-)@@@@@@@@(.*)$")
file:close()

local line_length, first_digit = 74, 10
local threads = {}

function setup(thread)
    thread:set("index", #threads)
    table.insert(threads, thread)
end

local headers = { ["Content-Type"] = "application/json", ["X-GitHub-Event"] = "issues" }

function init()
    local path = os.getenv("EVENTS")
    if path then
        events = io.open(path, "rb")
        local lines = events:seek("end") / line_length
        -- Each of the two threads sends its half.
        events:seek("set", index * math.floor(lines / 2) * line_length)
    end
end

local forged = string.rep("a", 64)

function request()
    local number, signature = "12345678", forged
    if events then
        local line = events:read(line_length)
        number, signature = line:sub(1, 8), line:sub(first_digit, 73)
    end
    headers["X-GitHub-Delivery"] = "72d3162e-cc78-11e3-81ab-0000" .. number
    headers["X-Hub-Signature-256"] = "sha256=" .. signature
    return wrk.format("POST", nil, headers, head .. number .. tail)
end

function done(summary)
    local errors = summary.errors
    io.write(string.format("RESULT %.0f %d %d %d\n", summary.requests / summary.duration * 1e6,
        errors.status, errors.connect + errors.read + errors.write + errors.timeout, summary.requests))
end
