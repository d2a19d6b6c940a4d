//! Arrow's IPC formats: the file, which Feather's second version is, and the stream.
//!
//! In: a file. Out: batches of rows; from batches the same format.

use super::Format;

/// The file.
pub(super) static FILE: Format = Format {
    name: "arrow",
    title: "Arrow",
    endings: &["arrow", "feather", "ipc"],
    begins: |first| first.starts_with(b"ARROW1"),
    whole: true,
    #[cfg(not(feature = "tables"))]
    open: None,
    #[cfg(feature = "tables")]
    open: Some(tables::open_file),
    #[cfg(feature = "tables")]
    write: Some(tables::begin_file),
};

/// The stream.
pub(super) static STREAM: Format = Format {
    name: "arrows",
    title: "an Arrow stream",
    endings: &["arrows"],
    begins: |first| first.starts_with(&[0xff; 4]),
    whole: true,
    #[cfg(not(feature = "tables"))]
    open: None,
    #[cfg(feature = "tables")]
    open: Some(tables::open_stream),
    #[cfg(feature = "tables")]
    write: Some(tables::begin_stream),
};

#[cfg(feature = "tables")]
mod tables {
    use super::super::columns::{Batches, Pipe, ROWS, Sink, Source, unreadable, unwritable, widen};
    use super::super::guard::guarded;
    use super::super::{Input, Opened, Trouble};
    use crate::batch::typed::Verdicts;
    use arrow_array::{RecordBatch, RecordBatchWriter};
    use arrow_ipc::reader::{FileReader, StreamReader};
    use arrow_ipc::writer::{FileWriter, StreamWriter};
    use arrow_schema::{ArrowError, SchemaRef};
    use std::fs::File;

    type Begun<'i> = Result<Box<dyn Opened + 'i>, Trouble>;

    fn file(input: Input<'_>) -> Result<File, Trouble> {
        match input {
            Input::File(file) => Ok(file),
            Input::Stream(_) => Err(unreadable("Arrow is read from a file")),
        }
    }

    pub(super) fn open_file(input: Input<'_>, _: Option<u8>) -> Begun<'_> {
        let file = file(input)?;
        let reader =
            guarded(|| FileReader::try_new_buffered(file, None).map_err(|e| e.to_string()));
        let reader = reader.map_err(unreadable)?;
        Ok(Box::new(Source::new(reader.schema(), sliced(reader))))
    }

    pub(super) fn open_stream(input: Input<'_>, _: Option<u8>) -> Begun<'_> {
        let file = file(input)?;
        let reader =
            guarded(|| StreamReader::try_new_buffered(file, None).map_err(|e| e.to_string()));
        let reader = reader.map_err(unreadable)?;
        Ok(Box::new(Source::new(reader.schema(), sliced(reader))))
    }

    /// Batches may be of any size, and are worked on in equal parts.
    fn sliced<I>(batches: I) -> Batches
    where
        I: Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
    {
        Box::new(batches.flat_map(|batch| {
            let (whole, wrong) = match batch {
                Ok(batch) => (Some(batch), None),
                Err(error) => (None, Some(Err(error.to_string()))),
            };
            let parts = whole.into_iter().flat_map(|batch| {
                let starts = (0..batch.num_rows()).step_by(ROWS);
                starts.map(move |at| Ok(batch.slice(at, ROWS.min(batch.num_rows() - at))))
            });
            parts.chain(wrong)
        }))
    }

    /// A table that is being written.
    struct Written<W> {
        schema: SchemaRef,
        writer: W,
        /// What is said of an error.
        said: fn(ArrowError) -> Trouble,
    }

    pub(super) fn begin_file(schema: &SchemaRef, pipe: Pipe) -> Result<Box<dyn Sink>, Trouble> {
        let writer = FileWriter::try_new(pipe, schema).map_err(unwritable)?;
        let said = |error: ArrowError| {
            let text = error.to_string();
            match text.contains("ictionary replacement") {
                true => Trouble::Said(vec![
                    "an Arrow file holds one list of values for a column of repeated texts, and this \
                     table's changes on the way: write `.arrows` or `.parquet`"
                        .to_owned(),
                ]),
                false => unwritable(text),
            }
        };
        let schema = schema.clone();
        Ok(Box::new(Written {
            schema,
            writer,
            said,
        }))
    }

    pub(super) fn begin_stream(schema: &SchemaRef, pipe: Pipe) -> Result<Box<dyn Sink>, Trouble> {
        let writer = StreamWriter::try_new(pipe, schema).map_err(unwritable)?;
        let schema = schema.clone();
        Ok(Box::new(Written {
            schema,
            writer,
            said: unwritable,
        }))
    }

    impl<W: RecordBatchWriter + Send> Sink for Written<W> {
        fn write(
            &mut self,
            batches: &[RecordBatch],
            verdicts: &Verdicts<'_>,
        ) -> Result<usize, Trouble> {
            let (batches, wrong) = widen(&self.schema, batches, verdicts)?;
            for batch in batches {
                self.writer.write(&batch).map_err(self.said)?;
            }
            Ok(wrong)
        }

        fn finish(self: Box<Self>) -> Result<(), Trouble> {
            self.writer.close().map_err(unwritable)
        }
    }
}
