"""People who sign in, and what each may do in which network.

A *user* is a person with an e-mail address; a *membership* gives them one *role* in one network;
a role is a bundle of named *rights*; an *actor* is whoever does a deed, anyone and the system too.
Every action, query and rule takes an actor.
"""
