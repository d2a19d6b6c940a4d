//! Tables for whoever takes them: pandas, Polars, DuckDB, PyArrow.
//!
//! In: record batches, or columns as lists. Out: the same as a table, and its values as Python has them.

use crate::tables::{schema_capsule, stream_capsule};
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, RecordBatchIterator,
    RecordBatchReader, StringArray,
};
use arrow_cast::display::array_value_to_string;
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::sync::{Arc, Mutex};

/// A table in memory.
#[pyclass(frozen)]
pub(crate) struct Rows {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    /// How many rows have no verdict.
    #[pyo3(get)]
    wrong: usize,
}

/// A table that is computed as it is read, once.
#[pyclass(frozen)]
pub(crate) struct Stream {
    schema: SchemaRef,
    reader: Mutex<Option<Box<dyn RecordBatchReader + Send>>>,
}

impl Rows {
    pub(crate) fn new(schema: SchemaRef, batches: Vec<RecordBatch>, wrong: usize) -> Rows {
        Rows {
            schema,
            batches,
            wrong,
        }
    }
}

/// A column's values, `None` where there is none.
#[derive(FromPyObject)]
enum Column {
    Truths(Vec<Option<bool>>),
    Integers(Vec<Option<i64>>),
    Numbers(Vec<Option<f64>>),
    Texts(Vec<Option<String>>),
}

#[pymethods]
impl Rows {
    /// A table of named columns with kinds `bool`, `int`, `float` or `str`.
    #[staticmethod]
    fn of(columns: Vec<(String, String, Bound<'_, PyAny>)>) -> PyResult<Rows> {
        let (mut fields, mut arrays) = (Vec::new(), Vec::<ArrayRef>::new());
        for (name, kind, values) in columns {
            let values = match kind.as_str() {
                "bool" => Column::Truths(values.extract()?),
                "int" => Column::Integers(values.extract()?),
                "float" => Column::Numbers(values.extract()?),
                _ => Column::Texts(values.extract()?),
            };
            let (kind, array): (DataType, ArrayRef) = match values {
                Column::Truths(v) => (DataType::Boolean, Arc::new(BooleanArray::from(v))),
                Column::Integers(v) => (DataType::Int64, Arc::new(Int64Array::from(v))),
                Column::Numbers(v) => (DataType::Float64, Arc::new(Float64Array::from(v))),
                Column::Texts(v) => (DataType::Utf8, Arc::new(StringArray::from(v))),
            };
            fields.push(Field::new(name, kind, true));
            arrays.push(array);
        }
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays);
        let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Rows::new(schema, vec![batch], 0))
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema
            .fields()
            .iter()
            .map(|f| f.name().clone())
            .collect()
    }

    /// A column's values as Python has them, those of the first rows where `most` says how many; texts for types that
    /// only Arrow knows.
    #[pyo3(signature = (column, most=None))]
    fn values<'py>(
        &self,
        py: Python<'py>,
        column: usize,
        most: Option<usize>,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        let mut out = Vec::new();
        for batch in &self.batches {
            let array = batch.column(column);
            let rest = most.map_or(usize::MAX, |most| most - out.len());
            for row in 0..array.len().min(rest) {
                out.push(match array.data_type() {
                    _ if array.is_null(row) => py.None().into_bound(py),
                    DataType::Boolean => array.as_boolean().value(row).into_bound_py_any(py)?,
                    DataType::Int64 => {
                        let values = array.as_primitive::<Int64Type>();
                        values.value(row).into_bound_py_any(py)?
                    }
                    DataType::Float64 => {
                        let values = array.as_primitive::<Float64Type>();
                        values.value(row).into_bound_py_any(py)?
                    }
                    DataType::Utf8 => array.as_string::<i32>().value(row).into_bound_py_any(py)?,
                    _ => {
                        let text = array_value_to_string(array, row);
                        let text =
                            text.map_err(|error| PyValueError::new_err(error.to_string()))?;
                        text.into_bound_py_any(py)?
                    }
                });
            }
        }
        Ok(out)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.schema)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = self.batches.clone().into_iter().map(Ok);
        let batches = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        stream_capsule(py, Box::new(batches), requested_schema)
    }
}

impl Stream {
    pub(crate) fn new(reader: Box<dyn RecordBatchReader + Send>) -> Stream {
        Stream {
            schema: reader.schema(),
            reader: Mutex::new(Some(reader)),
        }
    }
}

#[pymethods]
impl Stream {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.schema)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let reader = self.reader.lock().ok().and_then(|mut reader| reader.take());
        let reader = reader.ok_or_else(|| PyValueError::new_err("this stream was read already"))?;
        stream_capsule(py, reader, requested_schema)
    }
}
