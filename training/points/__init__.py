"""How the points of the shipped codebook are made: from interviews coded by readers who had seen no rule.

passages    passages that one hand wrote and coded, beside the interviews
sentences   what stands in each sentence: words, question, context, rules that match; and what readers coded
fitting     one logistic regression a code, its threshold by cross-validation over interviews, rounded to points
writing     the points as YAML, put in the codebook
"""
