"""Work that runs beside the pages: queued, repeated after a failure, started by the clock.

A *job* is one piece of work of one network, a *worker* the process that runs it, a *lease* the
time for which a worker holds it, a *timetable* what the clock starts. Every app queues its long
work here.
"""
