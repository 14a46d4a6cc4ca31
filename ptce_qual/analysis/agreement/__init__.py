"""Agreement between coders: coefficients on fixed units and on continua, with intervals and what explains them."""

from ptce_qual.analysis.agreement.bootstrap import intervals
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
from ptce_qual.analysis.agreement.comparison import Cluster, CoderComparison
from ptce_qual.analysis.agreement.continuum import Continuum, Unit, joined_spans
from ptce_qual.analysis.agreement.disagreements import disagreements
from ptce_qual.analysis.agreement.judgements import JudgedUnit, Judgements, judgements
from ptce_qual.analysis.agreement.multiple_coding import CodedSpan, MultipleCoding
from ptce_qual.analysis.agreement.outcome import Agreement, Index, Interval, Sampling
from ptce_qual.analysis.agreement.paradox import bias_index, prevalence_index
from ptce_qual.analysis.agreement.polarity import polarity_agreement
from ptce_qual.analysis.agreement.pooling import Pooled, pooled
from ptce_qual.analysis.agreement.tables import ALL, ALL_MEASURES, MEAN, coder_agreement, pair_agreement, pair_matrix
from ptce_qual.analysis.agreement.unitizing import coding_alpha, unitizing_alpha, unitizing_intervals

__all__ = [
    "ALL",
    "ALL_MEASURES",
    "MEAN",
    "MEASURES",
    "Agreement",
    "Cluster",
    "CodedSpan",
    "CoderComparison",
    "Continuum",
    "Index",
    "Interval",
    "JudgedUnit",
    "Judgements",
    "MultipleCoding",
    "Pooled",
    "Sampling",
    "Unit",
    "agreement",
    "agreements",
    "bias_index",
    "brennan_prediger",
    "coder_agreement",
    "coding_alpha",
    "cohen_kappa",
    "disagreements",
    "fleiss_kappa",
    "gwet_ac1",
    "intervals",
    "joined_spans",
    "judgements",
    "krippendorff_alpha",
    "pair_agreement",
    "pair_matrix",
    "percent_agreement",
    "polarity_agreement",
    "pooled",
    "prevalence_index",
    "scott_pi",
    "unitizing_alpha",
    "unitizing_intervals",
]
