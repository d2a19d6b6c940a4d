//! Tables in Arrow's layout from whoever has them, and to whoever takes them, by the PyCapsule interface.
//!
//! In: an object of Python's, or batches. Out: a reader of its batches, or a capsule. Nothing is copied.

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader};
use arrow_cast::{can_cast_types, cast};
use arrow_pyarrow::FromPyArrow;
use arrow_schema::{ArrowError, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::sync::Arc;

/// A table that was handed over.
pub(crate) struct Given(pub(crate) Box<dyn RecordBatchReader + Send>);

impl<'a, 'py> FromPyObject<'a, 'py> for Given {
    type Error = PyErr;

    fn extract(table: Borrowed<'a, 'py, PyAny>) -> PyResult<Given> {
        if table.hasattr("__arrow_c_stream__")? {
            let stream = RecordBatchStreamReader::from_pyarrow_bound(&table)?;
            return Ok(Given(Box::new(stream)));
        }
        let batch = RecordBatch::from_pyarrow_bound(&table)?;
        let schema = batch.schema();
        Ok(Given(Box::new(RecordBatchIterator::new(
            [Ok(batch)],
            schema,
        ))))
    }
}

/// What a capsule of a schema is read from.
#[pyclass(frozen)]
struct Asked(Py<PyCapsule>);

#[pymethods]
impl Asked {
    fn __arrow_c_schema__(&self, py: Python<'_>) -> Py<PyCapsule> {
        self.0.clone_ref(py)
    }
}

/// Batches in another schema, whose columns are cast.
struct Cast {
    batches: Box<dyn RecordBatchReader + Send>,
    schema: SchemaRef,
}

impl Cast {
    /// The batches as they are where they cannot be cast: what is asked for is a wish.
    fn wish(
        batches: Box<dyn RecordBatchReader + Send>,
        wanted: Schema,
    ) -> Box<dyn RecordBatchReader + Send> {
        let own = batches.schema();
        let (from, to) = (own.fields(), wanted.fields());
        let can = |(own, new): (&Arc<_>, &Arc<_>)| can(own, new);
        match from == to || from.len() != to.len() || !from.iter().zip(to).all(can) {
            true => batches,
            false => Box::new(Cast {
                batches,
                schema: Arc::new(wanted),
            }),
        }
    }
}

fn can(own: &arrow_schema::Field, new: &arrow_schema::Field) -> bool {
    own.name() == new.name() && can_cast_types(own.data_type(), new.data_type())
}

impl Iterator for Cast {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?;
        Some(batch.and_then(|batch| {
            let columns = batch.columns().iter().zip(self.schema.fields());
            let columns = columns.map(|(column, field)| cast(column, field.data_type()));
            let columns: Result<Vec<_>, ArrowError> = columns.collect();
            RecordBatch::try_new(Arc::clone(&self.schema), columns?)
        }))
    }
}

impl RecordBatchReader for Cast {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}

/// The capsule of a schema.
pub(crate) fn schema_capsule<'py>(
    py: Python<'py>,
    schema: &Schema,
) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema);
    let schema = schema.map_err(|error| PyValueError::new_err(error.to_string()))?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

/// The capsule of batches, in the schema that was asked for where that can be.
pub(crate) fn stream_capsule<'py>(
    py: Python<'py>,
    batches: Box<dyn RecordBatchReader + Send>,
    asked: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let batches = match asked {
        None => batches,
        Some(capsule) => {
            let asked = Bound::new(py, Asked(capsule.unbind()))?;
            Cast::wish(batches, Schema::from_pyarrow_bound(asked.as_any())?)
        }
    };
    let stream = FFI_ArrowArrayStream::new(batches);
    PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
}
