class Assess < Formula
  desc "Assessments about the future that can be read, run, questioned and corrected"
  url "@URL@"
  sha256 "@SHA256@"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args, "--features", "tables"
    generate_completions_from_executable(bin/"assess", "completions", shells: [:bash, :zsh, :fish])
    (man1/"assess.1").write Utils.safe_popen_read(bin/"assess", "man")
    pkgshare.install "assessments"
  end

  test do
    assert_match "Leader", shell_output("#{bin}/assess eval #{pkgshare}/assessments/nato.assess --draws 0")
  end
end
