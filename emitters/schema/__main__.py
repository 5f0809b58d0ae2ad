"""`python -m yusuan.emitters.schema` prints the schema as it must be shipped."""

import sys

from yusuan.emitters.schema import generate

sys.stdout.buffer.write(generate().encode())
