use assess::project::{FileSystem, Project};
use assess::infer::{self, verdict::{Options, Question}};
use std::time::Instant;
#[test]
#[ignore]
fn time() {
    for f in ["nato", "moon-landing", "iran-nie-2007", "enso"] {
        let p = Project::load(&FileSystem, format!("assessments/{f}.assess").as_ref()).unwrap();
        let a = assess::resolve::resolve(&p).assessment.unwrap();
        let o = Options { intervals: false, ..Options::default() };
        let t = Instant::now(); for _ in 0..10 { infer::evaluate(&a, &Question::default(), &o).unwrap(); } let e = t.elapsed() / 10;
        let t = Instant::now(); for _ in 0..10 { infer::pushes(&a).unwrap(); } let pu = t.elapsed() / 10;
        let t = Instant::now(); for _ in 0..10 { std::hint::black_box(a.clone()); } let cl = t.elapsed() / 10;
        let t = Instant::now(); for _ in 0..10 { std::hint::black_box(assess::model::Model::new(&a)); } let mo = t.elapsed() / 10;
        let t = Instant::now(); for _ in 0..10 { std::hint::black_box(assess::resolve::resolve(&p)); } let re = t.elapsed() / 10;
        let t = Instant::now(); for _ in 0..10 { std::hint::black_box(Project::load(&FileSystem, format!("assessments/{f}.assess").as_ref()).unwrap()); } let lo = t.elapsed() / 10;
        println!("{f}: {} drivers, evaluate {e:?} pushes {pu:?} clone {cl:?} model {mo:?} resolve {re:?} load {lo:?}", a.drivers.len());
        let q = format!("{f}");
        let _ = q;
        for d in a.horizons.ids().take(1) { let _ = d; }
        let mut an = infer::Answers::new(&a);
        if let Some(e) = a.expects.first() { let t = Instant::now(); an.answer(&e.query).unwrap(); println!("   first answer {:?}", t.elapsed()); }
        let s = assess::lint::Settings::default();
        let t = Instant::now(); let c = assess::lint::Context::new(&a, &p.sources, &s); assess::lint::lint(&c); println!("   lint {:?}", t.elapsed());
    }
}
