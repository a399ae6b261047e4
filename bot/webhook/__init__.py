"""The platform's messages and events, and their answers within the five seconds that it waits.

view               `/wechat` in Flask: what comes in, what goes out, who is refused
admission          which times in an address are near enough, and how old a delivery is
deliveries         one delivery: opened, claimed, routed, answered, closed, sealed
deferred           what could not be done in time: done afterwards, in order, once
customer_messages  answers that came too late, where the account may send them
"""
