"""Verdicts for the rows of a Spark data frame: ``assess.spark.evaluate(frame, model)``.

Each executor evaluates its own partitions; nothing is shuffled, collected or cached. PySpark and PyArrow have to be
installed, and this package on every executor.
"""

from __future__ import annotations

import itertools
import os
from functools import partial
from typing import TYPE_CHECKING, Any, Dict, Iterator, Sequence, Union

from . import Assessment, _assess, _how, load
from ._errors import call
from ._table import How

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["evaluate"]


def evaluate(
    frame: "DataFrame",
    model: Union[Assessment, str, "os.PathLike[str]"],
    intervals: bool = False,
    explain: bool = False,
    keep: Sequence[str] = (),
    prefix: str = "",
) -> "DataFrame":
    """The frame with the columns of ``assess batch`` behind its own; see :meth:`assess.Assessment.batch`.

    The model is an assessment, a path on the driver or a text; its texts travel with the query. What is wrong with it,
    or with the columns' names, is said here and now; what is wrong with a row stands in its column ``error``.
    """
    from pyspark.sql.types import DoubleType, StringType, StructField, StructType

    model = model if isinstance(model, Assessment) else load(model)
    path, texts = call(_assess.portable, model.path, model._texts)
    # An executor has the cores that Spark gave it: one for each task.
    how = _how(intervals, explain, keep, prefix, threads=1)
    new = call(_assess.headings, path, texts, frame.columns, how)
    fields = [StructField(name, DoubleType() if is_number else StringType(), True) for name, is_number in new]
    schema = StructType([*frame.schema.fields, *fields])
    return frame.mapInArrow(partial(_partition, path=path, texts=texts, how=how), schema)


def _partition(
    batches: "Iterator[pyarrow.RecordBatch]", path: str, texts: Dict[str, str], how: How
) -> "Iterator[pyarrow.RecordBatch]":
    """One partition, batch by batch; the model is prepared once."""
    import pyarrow

    first = next(batches, None)
    if first is None:
        return
    rows: Any = pyarrow.RecordBatchReader.from_batches(first.schema, itertools.chain([first], batches))
    yield from pyarrow.RecordBatchReader.from_stream(call(_assess.stream, path, texts, rows, how))
