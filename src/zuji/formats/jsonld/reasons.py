"""Why an item was taken over with a remark, with a default, or not at all: codes and their words."""

from collections.abc import Mapping
from types import MappingProxyType

from zuji.text import Text

REASONS: Mapping[str, Text] = MappingProxyType(
    {
        # files of a package that is read
        "not-json": Text("不是有效的 JSON，原样保留为文件", "it is no valid JSON and is kept as a file"),
        "nan": Text(
            "含有 NaN（不是 JSON），当作没有值", "it holds NaN, which is no JSON; taken for no value"
        ),
        "no-id": Text("没有 @id，以文件名代替", "it has no @id; the file name stands in"),
        "second-of-its-id": Text(
            "同类数据集里已有这个 @id，只读第一个，此文件原样保留",
            "another data set of the kind has this @id; the first is read, this file is kept",
        ),
        "other-file-name": Text(
            "文件名与 @id 不同，以 @id 为准", "the file name is not its @id; the @id counts"
        ),
        "category-unused": Text("没有数据集属于这个分类", "no data set is in this category"),
        "category-described": Text(
            "新版格式的分类只是路径，分类自己的说明没有位置",
            "categories are mere paths in the newer schema, without descriptions of their own",
        ),
        "hidden-file": Text("系统留下的隐藏文件", "a hidden file that a system left behind"),
        "newer-schema": Text(
            "格式版本比已知的新，按已知的最新版读取",
            "the schema is newer than known; read as the newest known",
        ),
        # objects of any kind
        "wrong-type": Text("值的类型不对，原样保留", "the value is of the wrong type and is kept as it is"),
        "wrong-item": Text(
            "列表里的一项不可用，原样保留", "an item of the list is unusable and is kept as it is"
        ),
        # reference data
        "built-in": Text(
            "数据包没有它，取自内置的 openLCA 基础数据",
            "the package lacks it; taken from the built-in openLCA reference data",
        ),
        "built-in-place": Text(
            "数据包没有这个地点，取自内置的 openLCA 地点表",
            "the package lacks this place; taken from the built-in openLCA places",
        ),
        "place-from-reference": Text(
            "数据包没有这个地点，只有引用里的名称", "the package lacks this place; only its name is known"
        ),
        "flow-from-reference": Text(
            "数据包没有这个流，按引用里的名称和类型补上",
            "the package lacks this flow; made from the name and type that references give",
        ),
        "dangling-property": Text(
            "引用的流属性不在数据包里，也不在内置数据里",
            "a flow property that neither the package nor the built-in data hold",
        ),
        "unknown-unit": Text(
            "单位不在其流属性的单位组里，无法换算",
            "the unit is not in the unit group of its flow property; the amount cannot be converted",
        ),
        "foreign-property": Text(
            "流没有这个流属性，无法换算", "the flow lacks this flow property; the amount cannot be converted"
        ),
        "dangling-group": Text(
            "引用的单位组不在数据包里，也不在内置数据里",
            "a unit group that neither the package nor the built-in data hold",
        ),
        # units and flows
        "no-factor": Text("没有换算系数，按 1", "it has no conversion factor; 1 is taken"),
        "no-reference-unit": Text(
            "没有标出参考单位，取系数为 1 的单位",
            "no reference unit is marked; the one with factor 1 is taken",
        ),
        "no-reference-unit-at-all": Text(
            "没有标出参考单位，也没有系数为 1 的单位",
            "no reference unit is marked and none has the factor 1",
        ),
        "no-reference-property": Text(
            "没有标出参考流属性，取唯一的一个", "no reference property is marked; its only one is taken"
        ),
        "no-reference-property-at-all": Text("没有参考流属性", "it has no reference flow property"),
        "no-flow-type": Text("没有可识别的流类型", "it has no flow type that is known"),
        "no-code": Text("地点没有代码，以名称代替", "the place has no code; its name stands in"),
        # processes
        "no-process-type": Text(
            "没有可识别的过程类型，按单元过程", "no known process type; a unit process is assumed"
        ),
        "no-reference": Text("没有参考产品", "it has no quantitative reference"),
        "several-references": Text(
            "标了几个参考产品，以最后一个为准（与 openLCA 相同）",
            "several quantitative references are marked; the last counts, as in openLCA",
        ),
        "no-internal-id": Text(
            "没有可用的 internalId，已编号", "it has no usable internalId; it was numbered"
        ),
        "no-flow": Text("没有指出流", "it names no flow"),
        "no-direction": Text(
            "没有说明是输入还是输出，按输出（与 openLCA 相同）",
            "it does not say input or output; output is taken, as in openLCA",
        ),
        "no-amount": Text("没有数量", "it has no amount"),
        "formula-differs": Text(
            "公式的结果与存储的数值不同，采用公式的结果",
            "the formula gives another number than is stored; the formula's is taken",
        ),
        "formula-failed": Text(
            "公式无法计算，采用存储的数值", "the formula cannot be evaluated; the stored number is taken"
        ),
        "no-parameter-value": Text("参数没有数值", "the parameter has no number"),
        "second-parameter": Text(
            "同一范围内参数重名，计算时以后一个为准",
            "its name occurs twice in one scope; formulas use the later one",
        ),
        "uncertainty-incomplete": Text(
            "不确定性分布的参数不全或不可能，原样保留，不参与计算",
            "the distribution is incomplete or impossible; kept as it is, not used",
        ),
        "pedigree-unreadable": Text(
            "数据质量打分读不懂，原样保留", "the quality scores are unreadable, kept as they are"
        ),
        "no-co-product": Text(
            "分配系数没有指出此过程的产品，原样保留，不参与计算",
            "the allocation factor names no product of this process; kept as it is, not used",
        ),
        "no-allocated-exchange": Text(
            "因果分配系数没有指出此过程的交换，原样保留，不参与计算",
            "the causal allocation factor names no exchange of this process; kept as it is, not used",
        ),
        "no-share": Text(
            "分配系数没有数值，按 1（与 openLCA 相同）", "it has no value; 1 is taken, as in openLCA"
        ),
        "no-target-amount": Text(
            "没有目标量，按 1（与 openLCA 相同）", "it has no target amount; 1 is taken, as in openLCA"
        ),
        "link-incomplete": Text(
            "连接没有指明双方和流，原样保留", "the link does not name both sides and the flow; kept as it is"
        ),
        # while writing
        "other-format": Text(
            "其他格式特有的内容，JSON-LD 没有位置",
            "content of another format, for which JSON-LD has no place",
        ),
        "other-language": Text(
            "JSON-LD 的文字只有一种语言，其余语言没有写出",
            "texts have one language in JSON-LD; the others were left out",
        ),
        "other-category": Text(
            "JSON-LD 的数据集只属于一个分类，其余没有写出",
            "a data set has one category in JSON-LD; the others were left out",
        ),
        "category-slash": Text(
            "分类名里的斜杠在 JSON-LD 里表示下一级", "a slash in a category's name begins a level in JSON-LD"
        ),
        "older-version": Text(
            "JSON-LD 每个 @id 只有一个版本，只写最新的一个",
            "an @id has one version in JSON-LD; only the newest was written",
        ),
        "new-id": Text("JSON-LD 的 @id 由原标识换算而来", "the @id was derived from the original identifier"),
        "generated": Text("为使数据包完整而补上", "added so that the package is complete"),
        "file-in-the-way": Text("文件路径与数据集冲突", "its path is that of a data set"),
        "co-reference": Text(
            "JSON-LD 只有一个参考产品；其余写为联产品，并带 openLCA 不读的标记，再读入时恢复",
            "JSON-LD has one quantitative reference; the others were written as co-products, with a mark "
            "that openLCA passes over and that is understood when the package is read again",
        ),
        "no-property": Text(
            "不知道数量的单位如何换算，只写出单位的名称",
            "how its unit converts is unknown; only the unit's name was written",
        ),
        "flow-type-other": Text(
            "JSON-LD 没有“其他流”，写为产品流", "JSON-LD has no other flows; written as a product"
        ),
        "unwritten-flow": Text(
            "引用的流不在数据包里，单位无从得知，数量写出时没有单位",
            "its flow is not in the package, so its unit is unknown; the amount was written without",
        ),
        "unstated-method": Text(
            "没有说明分配方法，按物理分配（逐项的按因果分配）写出",
            "no allocation method is stated; written as physical, or causal where it is by exchange",
        ),
        "by-exchange": Text(
            "逐项的分配系数在 openLCA 中只能是因果分配，按因果分配写出",
            "shares of single exchanges are causal ones in openLCA and were written as such",
        ),
        "second-by-exchange": Text(
            "openLCA 每个过程只能有一套逐项的分配系数，这是另一种方法的第二套，没有写出",
            "openLCA holds one set of shares of single exchanges; this one, of another method, was left out",
        ),
        "same-product": Text(
            "几个交换产出同一产品，openLCA 按产品分配，份额已相加",
            "several exchanges make the same product, to which openLCA allocates as one; shares were added",
        ),
        "unshared-exchange": Text(
            "交换没有分配系数，其他交换有；openLCA 会把它全额计给每个产品",
            "it has no share while other exchanges do; openLCA counts it in full for every product",
        ),
        "not-a-number": Text("不是有限的数，没有写出", "it is no finite number and was not written"),
        "spread-incomplete": Text(
            "不确定性分布的参数不全或不可能，没有写出",
            "the distribution is incomplete or impossible; it was not written",
        ),
        "reminder": Text(
            "来源说明它不属于清单（例如系统扩展的备注），没有写出",
            "the source says it is no part of the inventory; left out",
        ),
        "both-directions": Text(
            "同一流在两个方向各有系数，且不互为相反数；JSON-LD 只能有一个（另一方向按相反数计），只写第一个",
            "the flow has factors for both directions that are not each other's opposite; JSON-LD holds one "
            "and counts the other direction against it; the first was written",
        ),
        "no-direction-of-factors": Text(
            "JSON-LD 的特征化系数没有方向：按流的归类，另一方向按相反数计",
            "factors have no direction in JSON-LD: the flow's own counts, the other one against it",
        ),
        "instance-repeated": Text(
            "JSON-LD 的产品系统里每个过程只出现一次，同一过程的几个实例合并",
            "a process occurs once in a product system of JSON-LD; its instances were merged",
        ),
        "unlinkable": Text(
            "连接的交换在其过程里找不到",
            "the process does not have the exchange that the link names",
        ),
    }
)


def unheld(field: str) -> Text:
    """A field of a noun that the format cannot hold."""
    return Text(f"JSON-LD 没有“{field}”", f"JSON-LD has no place for “{field}”")
