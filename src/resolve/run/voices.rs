//! Views as they were resolved, and pools of them.
//!
//! In: the first file's items, and what each view makes of the file. Out: the tables of an assessment.

use super::Run;
use crate::resolve::assessment::{Pool, PoolId, View, ViewId};
use crate::resolve::table::Table;

impl Run<'_> {
    /// The views of the file; none where one of them has a mistake, which then has been reported.
    pub(super) fn views(&mut self) -> Table<ViewId, View> {
        let mut table = Table::new();
        let items = self.surveys[0].views.clone();
        for (index, item) in items.into_iter().enumerate() {
            let Some(Some(seen)) = self.facts.views.get(index).cloned() else {
                return Table::new();
            };
            let name = &item.name.node;
            if table.id(name).is_some() {
                return Table::new();
            }
            let prose = self.reading(0, |r| r.prose_parts(&item.prose));
            let without = self.reading(0, |r| r.left_out(&item.without));
            let title = item.title.as_ref();
            table.insert(
                name,
                View {
                    span: item.span,
                    name: item.name.clone(),
                    title: title.map_or(name.clone(), |t| t.node.clone()),
                    author: item.author.clone(),
                    confidence: item.confidence.clone(),
                    prose: prose.unwrap_or_default(),
                    without: without.unwrap_or_default(),
                    assessment: seen.assessment.clone(),
                },
            );
        }
        table
    }

    /// The pools of the file.
    pub(super) fn pools(&mut self) -> Table<PoolId, Pool> {
        let mut table = Table::new();
        for item in self.surveys[0].pools.clone() {
            if let Some(Some(pool)) = self.reading(0, |r| r.pool(item)) {
                table.insert(&item.name.node, pool);
            }
        }
        table
    }
}
