# From lines "round server way connections events rate processor-time": medians of the rates, and of the ratios within a round.
function median(list, count,    i, j, swap) {
    for (i = 2; i <= count; i++)
        for (j = i; j > 1 && list[j - 1] > list[j]; j--) { swap = list[j]; list[j] = list[j - 1]; list[j - 1] = swap }
    return count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
}

{
    rate[$2, $3, $4, $5, $1] = $6
    time[$2, $3, $4, $5, $1] = $7
    if ($1 > rounds) rounds = $1
}

function of(server, way, connections, events,    list, i) {
    for (i = 1; i <= rounds; i++) list[i] = rate[server, way, connections, events, i]
    return median(list, rounds)
}

function time_of(server, way, connections, events,    list, i) {
    for (i = 1; i <= rounds; i++) list[i] = time[server, way, connections, events, i]
    return median(list, rounds)
}

function ratio(way, connections, events,    list, i) {
    for (i = 1; i <= rounds; i++)
        list[i] = rate["postern", way, connections, events, i] / rate["baseline", way, connections, events, i]
    return median(list, rounds)
}

END {
    print ""
    print "requests a second           C refuses   Postern refuses      C verifies   Postern keeps"
    split("once kept", ways, " ")
    split("16 64", counts, " ")
    for (w = 1; w <= 2; w++)
        for (c = 1; c <= 2; c++) {
            way = ways[w]; connections = counts[c]
            printf "%s connections, %-10s %9.0f %9.0f  %5.2f x  %12.0f %8.0f  %5.2f x\n", connections,
                way == "kept" ? "kept" : "not kept", of("baseline", way, connections, "forged"),
                of("postern", way, connections, "forged"), ratio(way, connections, "forged"),
                of("baseline", way, connections, "signed"), of("postern", way, connections, "signed"),
                ratio(way, connections, "signed")
        }
    print ""
    print "processor time of the program itself, microseconds a request"
    for (w = 1; w <= 2; w++)
        for (c = 1; c <= 2; c++) {
            way = ways[w]; connections = counts[c]
            printf "%s connections, %-10s %9.1f %9.1f  %5.2f x  %12.1f %8.1f  %5.2f x\n", connections,
                way == "kept" ? "kept" : "not kept",
                a = time_of("baseline", way, connections, "forged"), b = time_of("postern", way, connections, "forged"), b / a,
                d = time_of("baseline", way, connections, "signed"), e = time_of("postern", way, connections, "signed"), e / d
        }
}
