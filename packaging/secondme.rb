# A formula for a tap; `packaging/build.py homebrew --url ADDRESS` fills in the release. It installs wheels, which the
# rules of Homebrew's own repository forbid.
class Secondme < Formula
  desc "Personal memory on your own computer: files and chats in, cited answers out"
  homepage "@HOMEPAGE@"
  url "@URL@/@WHEEL@", using: :nounzip
  version "@VERSION@"
  sha256 "@WHEEL_SHA256@"
  license "Apache-2.0"

  depends_on "uv" => :build
  depends_on "python@3.13"

  resource "constraints" do
    url "@URL@/constraints.txt", using: :nounzip
    sha256 "@CONSTRAINTS_SHA256@"
  end

  def install
    resource("constraints").stage(buildpath)
    python = Formula["python@3.13"].opt_bin/"python3.13"
    system "uv", "venv", "--python", python, libexec
    system "uv", "pip", "install", "--python", libexec/"bin/python",
           "--config-settings-package", "llama-cpp-python:wheel.cmake=false",
           "--constraint", buildpath/"constraints.txt", buildpath/"@WHEEL@"
    bin.install_symlink libexec/"bin/secondme"
    generate_completions_from_executable(bin/"secondme", "completion", shells: [:bash, :zsh, :fish])
  end

  def caveats
    <<~TEXT
      `secondme setup` gets the two small models; it says first how large they are.
    TEXT
  end

  test do
    ENV["SECONDME_HOME"] = testpath/"memory"
    (testpath/"note.md").write("The spare key hangs behind the blue barrel.")
    system bin/"secondme", "ingest", testpath/"note.md"
    assert_match "blue barrel", shell_output("#{bin}/secondme recall 'spare key'")
  end
end
