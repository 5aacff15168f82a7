"""Large programmes made up: as real ones are, of any size, and the same for the same specification."""

from scheduler.generating.programme import Generated, generate, made
from scheduler.generating.spec import GenerateSpec

__all__ = ["GenerateSpec", "Generated", "generate", "made"]
