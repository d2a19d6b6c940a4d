//! Parquet: columns in row groups, compressed.
//!
//! In: a file. Out: batches of rows; from batches row groups, all columns of which are written at once.

use super::Format;

/// The format.
pub(super) static PARQUET: Format = Format {
    name: "parquet",
    title: "Parquet",
    endings: &["parquet", "pq"],
    // The heading of a CSV table may begin with the same letters; numbers follow here.
    begins: |first| first.starts_with(b"PAR1") && first.get(4).is_none_or(|b| *b < b' '),
    whole: true,
    #[cfg(not(feature = "tables"))]
    open: None,
    #[cfg(feature = "tables")]
    open: Some(tables::open),
    #[cfg(feature = "tables")]
    write: Some(tables::begin),
};

#[cfg(feature = "tables")]
mod tables {
    use super::super::columns::{Pipe, ROWS, Sink, Source, unreadable, unwritable};
    use super::super::guard::guarded;
    use super::super::verdicts::Verdict;
    use super::super::{Input, Opened, Trouble};
    use crate::batch::typed::Verdicts;
    use crate::parallel::*;
    use arrow_array::RecordBatch;
    use arrow_schema::SchemaRef;
    use bytes::Bytes;
    use parquet::arrow::ArrowWriter;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use parquet::arrow::arrow_writer::{
        ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves,
    };
    use parquet::basic::Compression;
    use parquet::errors::ParquetError;
    use parquet::file::metadata::KeyValue;
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;

    /// How many rows a row group has at most; half of what others write, since a group is held until it is whole.
    const GROUP: usize = 1 << 17;

    /// A group larger than this in bytes is whole, too.
    const BYTES: usize = 1 << 26;

    /// What the schema of Arrow is stored as, which the writer stores anew.
    const SCHEMA: &str = "ARROW:schema";

    pub(super) fn open(input: Input<'_>, _: Option<u8>) -> Result<Box<dyn Opened + '_>, Trouble> {
        let Input::File(file) = input else {
            return Err(unreadable("Parquet is read from a file"));
        };
        let begun = guarded(|| {
            let reader = ParquetRecordBatchReaderBuilder::try_new(file);
            let reader = reader.map_err(|e| e.to_string())?;
            let schema = reader.schema().clone();
            let batches = reader.with_batch_size(ROWS).build();
            Ok((schema, batches.map_err(|e| e.to_string())?))
        });
        let (schema, batches) = begun.map_err(unreadable)?;
        let batches = batches.map(|batch| batch.map_err(|e| e.to_string()));
        Ok(Box::new(Source::new(schema, Box::new(batches))))
    }

    /// A file that is being written.
    struct Groups {
        file: SerializedFileWriter<Pipe>,
        factory: ArrowRowGroupWriterFactory,
        schema: SchemaRef,
        /// How many fields are the table's own.
        own: usize,
        /// By field of these the writers of its leaves in the group that is not whole yet.
        writers: Vec<(usize, Vec<ArrowColumnWriter>)>,
        rows: usize,
        groups: usize,
        verdict: Verdict,
    }

    pub(super) fn begin(schema: &SchemaRef, pipe: Pipe) -> Result<Box<dyn Sink>, Trouble> {
        let mut stored: Vec<(&String, &String)> = schema.metadata().iter().collect();
        stored.sort();
        let stored = stored.into_iter().filter(|(key, _)| *key != SCHEMA);
        let stored: Vec<KeyValue> = stored
            .map(|(key, value)| KeyValue::new(key.clone(), value.clone()))
            .collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("assess {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(stored).filter(|s| !s.is_empty()))
            .build();
        let writer = ArrowWriter::try_new(pipe, schema.clone(), Some(properties));
        let parts = writer.and_then(ArrowWriter::into_serialized_writer);
        let (file, factory) = parts.map_err(unwritable)?;
        Ok(Box::new(Groups {
            file,
            factory,
            schema: schema.clone(),
            own: 0,
            writers: Vec::new(),
            rows: 0,
            groups: 0,
            verdict: Verdict::default(),
        }))
    }

    impl Sink for Groups {
        fn write(
            &mut self,
            batches: &[RecordBatch],
            verdicts: &Verdicts<'_>,
        ) -> Result<usize, Trouble> {
            let mut wrong = 0;
            for (at, some) in batches.chunks(GROUP / ROWS).enumerate() {
                let first = at * (GROUP / ROWS);
                for batch in first..first + some.len() {
                    wrong += self.verdict.add(verdicts, batch);
                }
                self.add(some).map_err(unwritable)?;
            }
            Ok(wrong)
        }

        fn finish(mut self: Box<Self>) -> Result<(), Trouble> {
            self.close().map_err(unwritable)?;
            self.file.finish().map_err(unwritable)?;
            Ok(())
        }
    }

    impl Groups {
        fn add(&mut self, batches: &[RecordBatch]) -> Result<(), ParquetError> {
            if self.rows == 0 {
                self.own = batches.first().map_or(0, RecordBatch::num_columns);
                self.writers = self.group()?;
            }
            let schema = &self.schema;
            let done = self.writers.par_chunks_mut(1).map(|some| {
                for (field, leaves) in some {
                    for batch in batches {
                        let columns = compute_leaves(schema.field(*field), batch.column(*field))?;
                        for (writer, column) in leaves.iter_mut().zip(&columns) {
                            writer.write(column)?;
                        }
                    }
                }
                Ok(())
            });
            let done: Vec<Result<(), ParquetError>> = done.collect();
            done.into_iter().collect::<Result<(), ParquetError>>()?;
            self.rows += batches.iter().map(RecordBatch::num_rows).sum::<usize>();
            let leaves = self.writers.iter().flat_map(|w| &w.1);
            let bytes: usize = leaves.map(ArrowColumnWriter::memory_size).sum();
            let bytes = bytes + self.verdict.size();
            match self.rows >= GROUP || bytes >= BYTES {
                true => self.close(),
                false => Ok(()),
            }
        }

        /// The writers of the next group, by field of the table's own.
        fn group(&self) -> Result<Vec<(usize, Vec<ArrowColumnWriter>)>, ParquetError> {
            let columns = self.file.schema_descr();
            let all = self.factory.create_column_writers(self.groups)?;
            let mut fields: Vec<(usize, Vec<ArrowColumnWriter>)> = Vec::new();
            for (leaf, writer) in all.into_iter().enumerate() {
                let field = columns.get_column_root_idx(leaf);
                if field >= self.own {
                    break;
                }
                match fields.last_mut() {
                    Some(last) if last.0 == field => last.1.push(writer),
                    _ => fields.push((field, vec![writer])),
                }
            }
            Ok(fields)
        }

        /// Ends the group.
        fn close(&mut self) -> Result<(), ParquetError> {
            let writers = std::mem::take(&mut self.writers);
            let leaves: Vec<ArrowColumnWriter> = writers.into_iter().flat_map(|w| w.1).collect();
            if self.rows == 0 {
                return Ok(());
            }
            let schema = self.file.schema_descr();
            let verdicts = self.verdict.close(schema, leaves.len())?;
            let chunks = leaves.into_par_iter().map(ArrowColumnWriter::close);
            let chunks: Vec<Result<ArrowColumnChunk, ParquetError>> = chunks.collect();
            let mut group = self.file.next_row_group()?;
            for chunk in chunks {
                chunk?.append_to_row_group(&mut group)?;
            }
            for (bytes, closed) in verdicts {
                group.append_column::<Bytes>(&bytes.into(), closed)?;
            }
            group.close()?;
            self.rows = 0;
            self.groups += 1;
            Ok(())
        }
    }
}
