"""Agreement between coders: coefficients on fixed units and what explains them."""

from ptce_qual.analysis.agreement.coefficients import (
    MEASURES,
    agreement,
    agreements,
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    scott_pi,
)
from ptce_qual.analysis.agreement.outcome import Agreement, Index, Interval, Sampling
from ptce_qual.analysis.agreement.paradox import bias_index, prevalence_index
from ptce_qual.analysis.agreement.pooling import Pooled, pooled

__all__ = [
    "MEASURES",
    "Agreement",
    "Index",
    "Interval",
    "Pooled",
    "Sampling",
    "agreement",
    "agreements",
    "bias_index",
    "brennan_prediger",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "percent_agreement",
    "pooled",
    "prevalence_index",
    "scott_pi",
]
