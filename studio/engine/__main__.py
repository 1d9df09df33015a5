"""`python -m studio.engine`: how the app starts its engine when it is not frozen."""

import sys

from studio.engine import main

sys.exit(main())
