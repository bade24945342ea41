package io.thingport.web.openapi;

import io.thingport.platform.accesskey.Scope;
import io.thingport.platform.registry.DescribedProduct;
import io.thingport.platform.registry.NumberedPage;
import io.thingport.platform.registry.Page;
import io.thingport.platform.registry.Product;
import io.thingport.platform.registry.ProductCatalogue;
import io.thingport.platform.registry.ProductChange;
import io.thingport.platform.registry.ProductTraits;
import io.thingport.platform.registry.Products;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Products. */
@ApplicationScoped
public class ProductOperations implements OperationGroup {

    @EJB
    private Products products;
    @EJB
    private ProductCatalogue catalogue;

    /** For the container. */
    public ProductOperations() {
    }

    ProductOperations(Products products, ProductCatalogue catalogue) {
        this.products = products;
        this.catalogue = catalogue;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                Operation.of("CreateProduct", Scope.MANAGE, this::create),
                Operation.of("QueryProductList", Scope.READ, this::list),
                Operation.of("QueryProduct", Scope.READ, this::query),
                Operation.of("UpdateProduct", Scope.MANAGE, this::update),
                Operation.of("DeleteProduct", Scope.MANAGE, this::delete));
    }

    private JsonObjectBuilder create(Invocation in) {
        in.permitEverywhere();
        Product product = products.create(ProductForm.product(in));
        ProductTraits traits = catalogue.get(product.productKey()).traits();
        JsonObjectBuilder data = described(product, traits)
                .add("ProductSecret", products.secret(product.productKey()).reveal())
                .add("AliyunCommodityCode", ProductForm.commodityCode(traits))
                .add("Id2", false);
        traits.protocolType().ifPresent(type -> data.add("ProtocolType", type));
        return Answer.fields().add("ProductKey", product.productKey()).add("Data", data);
    }

    private JsonObjectBuilder list(Invocation in) {
        PageRequest asked = PageRequest.required(in, Page.LIMIT_MAXIMUM);
        NumberedPage<DescribedProduct> page = catalogue.page(in::permits, ProductForm.thingModel(in), asked.number(),
                asked.size());
        Map<String, Long> devices = catalogue.devices(page.items().stream().map(each -> each.product().productKey()).toList());
        JsonArrayBuilder items = Answer.list();
        page.items().forEach(each -> items.add(described(each.product(), each.traits())
                .add("DeviceCount", devices.get(each.product().productKey()))
                .add("GmtCreate", each.product().createdAt().toEpochMilli())));
        return Answer.fields().add("Data", Answer.fields()
                .add("CurrentPage", page.number())
                .add("PageSize", page.size())
                .add("PageCount", page.pages())
                .add("Total", page.total())
                .add("List", Answer.fields().add("ProductInfo", items)));
    }

    private JsonObjectBuilder query(Invocation in) {
        DescribedProduct found = catalogue.get(in.productKey());
        Product product = found.product();
        ProductTraits traits = found.traits();
        JsonObjectBuilder data = described(product, traits)
                .add("AliyunCommodityCode", ProductForm.commodityCode(traits))
                .add("DeviceCount", catalogue.devices(List.of(product.productKey())).get(product.productKey()))
                .add("GmtCreate", product.createdAt().toEpochMilli())
                .add("ProductStatus", "DEVELOPMENT_STATUS") // the state in which the vendor lets a product be changed
                .add("Id2", false)
                .add("Owner", true);
        if (in.permitsSecrets(product.productKey())) {
            data.add("ProductSecret", products.secret(product.productKey()).reveal());
        }
        traits.netType().ifPresent(type -> data.add("NetType", ProductForm.number(type)));
        traits.protocolType().ifPresent(type -> data.add("ProtocolType", type));
        traits.validateType().ifPresent(type -> data.add("ValidateType", type));
        return Answer.fields().add("Data", data);
    }

    private JsonObjectBuilder update(Invocation in) {
        products.update(in.productKey(), new ProductChange(
                Optional.of(in.required("ProductName", IotError.NULL_PRODUCT_NAME)), in.text("Description"),
                Optional.empty(), Optional.empty()));
        return Answer.fields();
    }

    private JsonObjectBuilder delete(Invocation in) {
        products.delete(in.productKey());
        return Answer.fields();
    }

    /** What all operations tell of a product. */
    private static JsonObjectBuilder described(Product product, ProductTraits traits) {
        return Answer.fields()
                .add("ProductKey", product.productKey())
                .add("ProductName", product.name())
                .add("NodeType", ProductForm.number(traits.nodeType()))
                .add("DataFormat", ProductForm.number(traits.dataFormat()))
                .add("AuthType", ProductForm.word(product.authentication()))
                .add("Description", product.description().orElse(""));
    }
}
