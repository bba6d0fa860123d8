"""What people are told about publicities and objections."""

from zhiping.messaging.kind import Kind

OBJECTION_FILED = Kind(
    "objection.filed",
    "公示收到 1 件异议",
    "“{publicity}”收到 1 件异议。处理完之前，被反映的人不能进入下一步。请核查并写明处理意见。",
    "{link}",
)
