"""The study: the correction on real data, against everything it could lose to. `make study` writes `study.md`."""
