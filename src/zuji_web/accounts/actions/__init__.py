"""The only writers of organisations, memberships, invitations and API clients."""
