"""What goes on paper as PDF: black on white, A4, with a font that knows every name."""

from .proof import proof_pdf
from .sheet import ProofSheet

__all__ = ["ProofSheet", "proof_pdf"]
