"""`python -m benchmarks [engine|documents|pages|around …]`: print the figures of the parts named, or of all."""

import argparse
import os

from benchmarks.figures import show

PARTS = ("engine", "documents", "pages", "around")


def main() -> None:
    parser = argparse.ArgumentParser(description="量速度与内存，只打印，不判定。")
    parser.add_argument("parts", nargs="*", help="engine、documents、pages、around，默认全部")
    parser.add_argument("--postgres", action="store_true", help="页面用 PostgreSQL 量")
    options = parser.parse_args()
    parts = options.parts or list(PARTS)
    if strange := set(parts) - set(PARTS):
        parser.error(f"没有这一部分：{'、'.join(sorted(strange))}")
    began = os.getloadavg()[0]
    if "engine" in parts:
        from benchmarks import policy_engine

        show("规则引擎（一人，单核）", policy_engine.figures())
    if "documents" in parts:
        from benchmarks import documents

        show("文书（单核）", documents.figures())
    if "pages" in parts:
        from benchmarks import pages

        pages.main(on_postgres=options.postgres)
    if "around" in parts:
        from benchmarks import around

        show("周边系统：继续教育（单核，SQLite）", around.figures())
        from benchmarks import faults, payments

        show("周边系统：缴费", payments.figures())
        faults.show_matrix(payments.matrix())
    print(f"\n{os.cpu_count()} 核；开始时负载 {began:.1f}，结束时 {os.getloadavg()[0]:.1f}。")  # noqa: T201


if __name__ == "__main__":
    main()
