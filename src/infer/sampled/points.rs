//! Where histories take their random numbers from: points that fill the unit cube evenly.
//!
//! In: a seed and how many numbers a history takes. Out: each history's numbers. A lattice sequence is followed in
//! replicates, each shifted by random numbers of its own (Cranley and Patterson 1976), so that every point by itself is
//! uniform and no mean is biased; how far the replicates differ says how far off their mean may be.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// Streams from here on are the histories'; those before belong to the draws of the ranges.
const STREAMS: u64 = 1 << 48;

/// The shifts have a stream beside those of a round's blocks.
const SHIFTS: u64 = 1 << 31;

/// Shifted lattices.
pub(super) struct Points {
    seed: u64,
    stream: u64,
    replicates: usize,
    dims: usize,
    /// By replicate and dimension of the lattice.
    shifts: Vec<u64>,
}

impl Points {
    /// For histories of so many numbers each, in so many replicates.
    pub(super) fn new(seed: u64, stream: u64, replicates: usize, dims: usize) -> Points {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(STREAMS + (stream | SHIFTS));
        let count = replicates * dims.min(STEPS.len());
        Points {
            seed,
            stream,
            replicates,
            dims,
            shifts: (0..count).map(|_| rng.next_u64()).collect(),
        }
    }

    /// Fills in the numbers of the histories of a block, of which there are `width`; `each` is where one's go.
    pub(super) fn fill<'a>(
        &self,
        block: u64,
        width: usize,
        each: impl Iterator<Item = &'a mut Vec<f64>>,
    ) {
        let lattice = self.dims.min(STEPS.len());
        // Beyond the lattice's dimensions numbers are independent.
        let mut rng = (self.dims > lattice).then(|| {
            let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
            rng.set_stream(STREAMS + (self.stream | block));
            rng
        });
        let first = block * (width / self.replicates) as u64;
        for (i, numbers) in each.enumerate() {
            let point = first + (i / self.replicates) as u64;
            let reversed = (point as u32).reverse_bits();
            let shifts = &self.shifts[i % self.replicates * lattice..][..lattice];
            numbers.clear();
            numbers.extend(shifts.iter().zip(STEPS).map(|(shift, step)| {
                let at = u64::from(reversed.wrapping_mul(step)) << 32;
                unit(at.wrapping_add(*shift))
            }));
            if let Some(rng) = &mut rng {
                numbers.extend((lattice..self.dims).map(|_| unit(rng.next_u64())));
            }
        }
    }
}

/// One number of a point of the lattice, shifted; beyond the lattice's dimensions the shift alone.
pub(super) fn number(point: u32, dimension: usize, shift: u64) -> f64 {
    let step = STEPS.get(dimension).copied();
    let at = step.map_or(0, |step| point.reverse_bits().wrapping_mul(step));
    unit((u64::from(at) << 32).wrapping_add(shift))
}

/// Of how many dimensions the lattice is.
pub(super) const DIMENSIONS: usize = STEPS.len();

/// Uniform in 0 … 1.
fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / 9_007_199_254_740_992.0
}

/// What is left of a number at or above `below`, as uniform as it was.
pub(super) fn rest(u: f64, below: f64) -> f64 {
    /// The largest number below 1.
    const MOST: f64 = 1.0 - f64::EPSILON / 2.0;
    match below < 1.0 {
        true => ((u - below) / (1.0 - below)).clamp(0.0, MOST),
        false => u,
    }
}

/// A lattice sequence's generating vector, over 2^32: found component by component, good at once for 2^5 to 2^12 points, by the
/// worst-case error in the weighted Korobov space of smoothness 1 with weights 1/(2j) (Cools, Kuo and Nuyens 2006).
#[rustfmt::skip]
const STEPS: [u32; 256] = [
    0x0000_0001, 0x3665_34d9, 0x2c38_abd1, 0x62a3_b6b5, 0xae15_7889, 0xc177_1185, 0x10dc_aa63, 0x61a0_d9e5,
    0x96eb_2443, 0xdd1b_7f2d, 0x9bbe_e80d, 0x6d64_368f, 0x371a_2995, 0xcadb_e6a3, 0xc6e1_fba9, 0xc89b_00f1,
    0xf7ab_d615, 0x5d95_a517, 0xa055_9283, 0x6341_dc25, 0xede2_e8dd, 0x9e7d_15bb, 0xfc9a_da5b, 0xc70c_8269,
    0x1e54_834f, 0x5db1_293d, 0x1bd3_fe33, 0xb7e0_d16d, 0xd249_0fcf, 0x9262_bceb, 0x5809_0339, 0x18cb_2637,
    0xe8ce_5c7d, 0x089a_c3f5, 0x3b9b_83d7, 0x0c36_a0cf, 0xed0a_cc33, 0x2bdb_d037, 0xc08b_fdb9, 0x19c3_6b97,
    0x1a4a_0abb, 0x7b85_a43d, 0xb592_09d5, 0xd973_6713, 0xde96_cbf1, 0x9083_1ac7, 0xf146_b823, 0xad20_0d4d,
    0x1c67_4f37, 0x7021_c687, 0x446d_838b, 0xc2d6_5edd, 0x0811_737d, 0xf30f_9773, 0x51e4_9d15, 0x63cf_91c5,
    0x0019_8387, 0x8d1a_7557, 0x7da8_7449, 0x366a_52b1, 0x4471_97b9, 0x450e_4131, 0x04b7_2e0b, 0xcfa5_ae0f,
    0x7c63_ab9b, 0x518a_35e3, 0xbe06_6fb3, 0x2a58_a991, 0x15a3_2cd5, 0xb11b_39c3, 0xb48a_ee53, 0x121d_79b7,
    0xb3ec_ab8b, 0x76b7_a4b3, 0xea23_9f07, 0x88ba_14e3, 0xf04f_7ad5, 0x7c7d_1ac9, 0xb2d1_f4bb, 0xef98_9311,
    0x5327_607d, 0x26dc_5ab9, 0xf603_1f9b, 0x2a11_53c7, 0x5007_15f1, 0x93c2_c74d, 0x1534_ec95, 0xd144_1ee3,
    0x9300_db57, 0xfd00_595b, 0x2aaa_b2ad, 0xe4d5_cf8b, 0xc936_aedb, 0x082c_0903, 0xb7a3_6fb1, 0xcc1b_549b,
    0x987c_befb, 0x80e5_c011, 0x432c_c769, 0xba66_bf8d, 0xa39d_7e29, 0x2734_9a07, 0x932b_0bed, 0x4c08_da37,
    0x2186_07f5, 0x7f99_b1b9, 0x62bd_bf53, 0xf6dd_a871, 0x3ef6_8423, 0x318e_a34d, 0xa036_ac3b, 0xf76e_5a79,
    0xa90e_edc3, 0x05e0_6115, 0x03a9_886f, 0xa0ad_8049, 0x154c_8103, 0x8097_64f9, 0xabcf_7e8d, 0x2616_356f,
    0x2e9e_96d5, 0xb9fc_f1f5, 0xafa7_5ec9, 0x8f81_9631, 0x9793_4945, 0x20b4_83e3, 0x6e22_6ef5, 0x4cc7_823d,
    0xfc16_82cd, 0xd77e_e89b, 0x26ac_d0b9, 0x8e5d_a205, 0x2aa0_b153, 0xb221_7d0b, 0xabe1_a747, 0x8a8f_d513,
    0x9fcb_677d, 0xe6da_7a23, 0xaefd_8d8b, 0x1f39_d829, 0x4527_98ef, 0xb3a3_7e97, 0x0064_6df1, 0xc02e_498d,
    0xefce_4f49, 0x0023_8fb1, 0xada3_7bc7, 0x5754_12d7, 0x47c9_e895, 0x2df4_04ef, 0xb6f1_0b79, 0x197f_d573,
    0xb8ee_ed31, 0x1d59_e0ad, 0x41aa_9837, 0xe678_a42b, 0x0ea0_f81d, 0x80c9_498d, 0xa781_89f9, 0x2eb6_d503,
    0xc7ec_f565, 0x7a68_2b11, 0x9aeb_81cf, 0x2801_06fb, 0xb5ee_2271, 0x4ba5_fe95, 0x689f_d149, 0xf0df_8de3,
    0x7798_9f0b, 0xa75c_8b69, 0xbfaf_7033, 0x1bb7_cdef, 0xd125_8ec7, 0x325a_310b, 0xa858_4b03, 0x598f_20b7,
    0xe641_2dcd, 0x35ce_3223, 0xafd2_bf2b, 0x75eb_3d3b, 0x2a0f_6e65, 0x872f_ad11, 0xebc3_fec9, 0xde14_e653,
    0xf550_5307, 0x74c0_4f8d, 0xf672_9a07, 0x592a_5ed7, 0x687c_e14f, 0xfa88_f5fb, 0xe97f_94c3, 0x0afa_aa0b,
    0x6f4e_570b, 0xce61_ab83, 0x3857_0853, 0x3254_1607, 0xc802_1c5d, 0x2eab_25ef, 0xda61_e0b3, 0x098d_845b,
    0xf305_c933, 0x60a2_1045, 0x7467_5a71, 0xaaff_f5f7, 0x8d58_a06b, 0x453d_81f9, 0x0abc_936f, 0x52dd_2765,
    0x84f9_14a9, 0x6b0d_78b7, 0x4c33_2213, 0x4453_0331, 0xa623_9aad, 0x80bc_f905, 0x8405_be97, 0x1bdc_aac5,
    0x5a79_22f5, 0xeeed_5f03, 0x1eec_fff1, 0x3adf_3671, 0x33f4_b6e5, 0x014b_7529, 0x9fec_b879, 0x1d6b_56d5,
    0x914d_dc13, 0xdd6e_1d73, 0xc584_afdd, 0x7f44_3d3b, 0xbd63_88bb, 0x555f_13b9, 0x4966_3adb, 0xc4fd_c78d,
    0x642a_6947, 0x6a35_7703, 0x2212_af97, 0x1869_5265, 0xcb08_4091, 0xa2f6_048b, 0xd55a_0cb7, 0x0cf6_9a11,
    0xdc35_7075, 0xa425_47b3, 0xd5e7_cb07, 0x9ed2_1fe3, 0xb540_0d2b, 0x00fb_cfd7, 0xcb0f_b17d, 0x040f_a079,
    0x6f08_cfad, 0x5adf_4291, 0x5f40_a8c9, 0x1267_f513, 0xf5c2_82cd, 0x58c6_976b, 0x45d4_afa5, 0xbcb0_f009,
];

#[cfg(test)]
mod tests {
    use super::{Points, rest};
    use crate::infer::question::replicates::REPLICATES;

    fn numbers(points: &Points, blocks: u64, width: usize) -> Vec<Vec<f64>> {
        let mut all = Vec::new();
        for block in 0..blocks {
            let mut histories = vec![Vec::new(); width];
            points.fill(block, width, histories.iter_mut());
            all.extend(histories);
        }
        all
    }

    /// In each dimension of the lattice every interval of 1/points has one point of each replicate.
    #[test]
    fn every_projection_is_even() {
        let points = Points::new(7, 0, REPLICATES, 260);
        let all = numbers(&points, 32, 64);
        for replicate in [0, 31] {
            for d in [0, 1, 100, 255] {
                let own = all.iter().skip(replicate).step_by(REPLICATES);
                let mut there = own.map(|numbers| numbers[d]).collect::<Vec<_>>();
                there.sort_by(f64::total_cmp);
                let gaps = there.windows(2).map(|w| w[1] - w[0]);
                assert!(gaps.into_iter().all(|gap| (gap * 64.0 - 1.0).abs() < 1e-9));
            }
        }
        assert!(all.iter().all(|numbers| numbers.len() == 260));
        assert!(all.iter().flatten().all(|u| (0.0..1.0).contains(u)));
    }

    #[test]
    fn what_is_left_of_a_number_is_below_1() {
        assert_eq!(rest(0.75, 0.5), 0.5);
        assert!(rest(1.0 - f64::EPSILON / 2.0, 1.0 - f64::EPSILON) < 1.0);
        assert_eq!(rest(0.5, 1.0), 0.5);
    }
}
